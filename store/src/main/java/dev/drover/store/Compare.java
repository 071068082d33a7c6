package dev.drover.store;

/// A condition on one key as it was before the transaction. A key that is absent has 0 in every
/// field.
public record Compare(Key key, Field field, Relation relation, long value) {
    /// What is looked at.
    public enum Field {
        MODIFIED,
        CREATED,
        VERSION
    }

    /// How the field, on the left, stands to the value, on the right.
    public enum Relation {
        EQUAL,
        NOT_EQUAL,
        LESS,
        GREATER
    }

    /// Nothing is there.
    public static Compare absent(Key key) {
        return unchanged(key, Revision.NONE);
    }

    /// Something is there, whatever it is.
    public static Compare present(Key key) {
        return new Compare(key, Field.MODIFIED, Relation.GREATER, 0);
    }

    /// It is still what `modified` wrote.
    public static Compare unchanged(Key key, Revision modified) {
        return new Compare(key, Field.MODIFIED, Relation.EQUAL, modified.number());
    }

    /// It is still the one that `created` made, however often it was written since.
    public static Compare sameObject(Key key, Revision created) {
        return new Compare(key, Field.CREATED, Relation.EQUAL, created.number());
    }

    /// Whether the condition is met by a key with these numbers, all 0 when it is absent.
    public boolean holds(Revision created, Revision modified, long version) {
        long left =
                switch (field) {
                    case MODIFIED -> modified.number();
                    case CREATED -> created.number();
                    case VERSION -> version;
                };
        return switch (relation) {
            case EQUAL -> left == value;
            case NOT_EQUAL -> left != value;
            case LESS -> left < value;
            case GREATER -> left > value;
        };
    }
}
