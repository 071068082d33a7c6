package dev.drover.store.durable;

import dev.drover.store.Bytes;
import dev.drover.store.rocks.Batch;
import dev.drover.store.rocks.Database;
import java.util.Optional;
import java.util.UUID;

/// Which store this is; given once, when it is made.
///
/// @param cluster see [dev.drover.store.Store#clusterId()]
record Identity(String cluster) {
    private static final String FORMAT = "format";
    private static final String CLUSTER = "cluster";

    /// Of the folder as a whole; each record has a format of its own.
    private static final String THIS_FORMAT = "1";

    /// What the database says it is, or a new identity for an empty one.
    ///
    /// @throws IllegalStateException when a newer program made it
    static Identity of(Database database) {
        return database.fact(FORMAT).isEmpty() ? make(database) : known(database);
    }

    /// What the database says it is.
    ///
    /// @throws IllegalStateException when it says nothing, or a newer program made it
    static Identity known(Database database) {
        Optional<String> format = database.fact(FORMAT).map(Bytes::utf8);
        if (format.isEmpty()) {
            throw new IllegalStateException(database.folder() + " holds no store of Drover");
        }
        if (!format.get().equals(THIS_FORMAT)) {
            throw new IllegalStateException(
                    """
                    the store in %s has format %s
                      why: this program knows format %s only
                      fix: use the program that wrote it, or a newer one\
                    """
                            .formatted(database.folder(), format.get(), THIS_FORMAT));
        }
        return new Identity(database.fact(CLUSTER).orElseThrow().utf8());
    }

    /// Makes another store of the one that is being written.
    static void renew(Batch batch) {
        new Identity(UUID.randomUUID().toString()).into(batch);
    }

    private void into(Batch batch) {
        batch.fact(FORMAT, Bytes.utf8(THIS_FORMAT));
        batch.fact(CLUSTER, Bytes.utf8(cluster));
    }

    private static Identity make(Database database) {
        Identity identity = new Identity(UUID.randomUUID().toString());
        try (Batch batch = database.batch()) {
            identity.into(batch);
            database.write(batch);
        }
        database.sync();
        return identity;
    }
}
