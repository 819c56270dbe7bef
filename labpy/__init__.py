"""Fleet Serving Lab: models, missions and views of a lab on distributed inference."""
