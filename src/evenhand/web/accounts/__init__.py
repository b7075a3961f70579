"""Who there is: people, teams and bodies; accounts; roles with their scope and dates."""
