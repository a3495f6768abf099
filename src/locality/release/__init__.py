"""The bundle that leaves the analyst's environment: written only when its audit passes, read only when it is whole."""
