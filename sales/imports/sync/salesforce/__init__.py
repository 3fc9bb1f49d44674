"""What Salesforce's records and queries say, without asking it anything."""
