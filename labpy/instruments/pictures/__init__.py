"""The data of each figure: frozen records that a scenario makes."""
