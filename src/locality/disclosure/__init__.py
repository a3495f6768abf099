"""The one gate through which any count of people leaves."""
