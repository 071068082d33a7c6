package dev.drover.controller.http;

import java.util.List;

/// A request that is not served: what, why and how to fix it, as Kubernetes' `Status`.
///
/// @param message for people, whole without the causes
/// @param about the resource it is about
/// @param causes every single mistake, in the order of the manifest
public record Failure(Reason reason, String message, About about, List<Cause> causes) {
    public Failure {
        causes = List.copyOf(causes);
    }

    /// What a failure is about; empty strings where it is about no resource.
    public record About(String plural, String name) {
        /// No resource in particular.
        public static final About NOTHING = new About("", "");
    }

    /// One of several mistakes.
    ///
    /// @param reason a CamelCase word
    /// @param field its path in the manifest; empty when it has none
    /// @param message one mistake: what, why, how to fix, where
    public record Cause(String reason, String field, String message) {}

    /// A failure about nothing in particular.
    public static Failure of(Reason reason, String message) {
        return new Failure(reason, message, About.NOTHING, List.of());
    }
}
