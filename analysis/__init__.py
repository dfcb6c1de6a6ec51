"""The knowledge of Tapal as pure functions: plain frames in, a frozen result or an aligned frame out."""
