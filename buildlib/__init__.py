"""The steps that turn the repository into the static site; never shipped to the browser."""
