package dev.drover.node.template.language;

/// A function that templates may call. It throws a `Fault` when its arguments are wrong or what it
/// needs is missing.
@FunctionalInterface
public interface Function {

    /// Its value for those arguments.
    Value call(Arguments arguments);
}
