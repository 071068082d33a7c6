package dev.drover.store.rocks;

import dev.drover.store.Bytes;
import dev.drover.store.Revision;

/// Removes what compaction has made unreadable: each change replaced one older version of its key.
///
/// Works through the record of changes in order, a slice at a time. Nothing needs to be synced, and
/// a slice done twice equals once: after a crash the first slice that is not recorded as done is
/// done again.
public final class Cleaner {
    private static final String CLEANED = "cleaned";

    private final Database database;

    /// Of an open database.
    public Cleaner(Database database) {
        this.database = database;
    }

    /// Up to where everything is removed.
    public Revision cleaned() {
        return database.fact(CLEANED).map(b -> Revision.parse(b.utf8())).orElse(Revision.NONE);
    }

    /// What was done.
    ///
    /// @param changes worked through
    /// @param reached up to here everything is removed now
    public record Cleaned(int changes, Revision reached) {}

    /// Removes a slice of what is to be removed up to `upTo`, which must be compacted.
    ///
    /// @param max changes to work through, rounded up to whole revisions
    public Cleaned clean(Revision upTo, int max) {
        Revision from = cleaned().next();
        Revision reached = from.previous();
        int looked = 0;
        try (Batch batch = database.batch();
                Database.Cursors both = database.cursors()) {
            Cursor records = both.changes();
            Cursor versions = both.versions();
            records.seek(KeyLayout.change(from, 0));
            while (records.valid()) {
                Revision revision = KeyLayout.revisionOfChange(records.key());
                if (revision.after(upTo) || (looked >= max && revision.after(reached))) {
                    break;
                }
                forgetBefore(versions, ChangedKey.decode(records.value()), revision, batch);
                reached = revision;
                looked++;
                records.next();
            }
            boolean more = looked >= max && reached.before(upTo);
            Revision done = more ? reached : upTo;
            if (!more) {
                batch.forgetChanges(done); // once: each such range is looked at by every read
            }
            batch.fact(CLEANED, Bytes.utf8(done.toString()));
            database.write(batch);
            return new Cleaned(looked, done);
        }
    }

    private void forgetBefore(Cursor versions, ChangedKey changed, Revision revision, Batch batch) {
        byte[] at = KeyLayout.version(changed.key().text(), revision);
        versions.seek(KeyLayout.version(changed.key().text(), revision.previous()));
        if (versions.valid() && KeyLayout.isVersionOf(versions.key(), at)) {
            batch.forgetVersion(versions.key());
        }
        if (changed.deleted()) {
            batch.forgetVersion(at);
        }
    }
}
