"""Shows the whole chain on a made-up partnership: from files about a place to a report and a release."""
