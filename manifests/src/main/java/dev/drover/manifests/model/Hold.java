package dev.drover.manifests.model;

/// Somebody's wish that one object stays as it is: loops say what they would do to it and do
/// nothing, until the hold is over or gone.
public record Hold(Metadata metadata, HoldSpec spec) implements Resource {

    @Override
    public Kind kind() {
        return Kind.HOLD;
    }

    @Override
    public Hold withMetadata(Metadata other) {
        return new Hold(other, spec);
    }

    /// The object that is held.
    public ResourceName target() {
        return new ResourceName(spec.kind().namespaced() ? metadata.namespace() : "", spec.name());
    }

    /// What it is called when nobody chose a name: one hold for each object.
    public static String nameOf(Kind kind, String name) {
        return kind.shortName() + "-" + name;
    }

    /// Who holds it, until when and why, in a sentence.
    public String text() {
        return "held by "
                + spec.who()
                + spec.until().map(when -> " until " + when).orElse("")
                + ": "
                + spec.why();
    }
}
