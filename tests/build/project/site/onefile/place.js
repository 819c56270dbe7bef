"placed";
