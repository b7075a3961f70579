"""The work: updates, challenges and answers, actions, evidence – and the exceptions they leave."""
