"""What is not for the public: markings, and resolutions to exclude press and public."""
