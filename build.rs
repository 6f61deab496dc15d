//! Builds again when a template or theme changes: they are embedded in the binary, as are what `init` writes and the sample archive.

fn main() {
    println!("cargo:rerun-if-changed=templates");
    println!("cargo:rerun-if-changed=themes");
    println!("cargo:rerun-if-changed=src/commands/scaffold");
    println!("cargo:rerun-if-changed=content");
}
