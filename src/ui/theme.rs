//! Colours, sizes and text styles (tokens.md in code). The only place that names a colour.
