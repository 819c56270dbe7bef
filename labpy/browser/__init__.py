"""The only place that imports js or pyodide, with a twin for the desktop."""
