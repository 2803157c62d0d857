"""The pages: what a person sees in a browser. Rendered here, readable without JavaScript, over the same two ports."""
