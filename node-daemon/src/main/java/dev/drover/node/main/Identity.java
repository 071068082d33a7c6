package dev.drover.node.main;

import dev.drover.node.memory.Recall;
import dev.drover.node.memory.StateFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;

/// Who this node is, for ever.
///
/// @param uid made at the first start
/// @param clusterId the first cluster that let it in
public record Identity(String uid, Optional<String> clusterId) {

    /// The one in that file, or a new one.
    ///
    /// @throws IOException when it cannot be read: a new one would be another node, and the server
    ///   would start everything of this one a second time elsewhere
    static Identity open(Path path) throws IOException {
        StateFile<Identity> file = file(path);
        return switch (file.read()) {
            case Recall.Known<Identity>(Identity known) -> known;
            case Recall.Nothing<Identity>() -> {
                Identity fresh = new Identity(UUID.randomUUID().toString(), Optional.empty());
                file.write(fresh);
                yield fresh;
            }
            case Recall.Corrupt<Identity>(Path movedTo, String because) ->
                    throw new IOException(
                            "who this node is cannot be read: "
                                    + because
                                    + ". It was moved to "
                                    + movedTo
                                    + "; mend it and move it back, or start again to be a new"
                                    + " node");
        };
    }

    static StateFile<Identity> file(Path path) {
        return new StateFile<>(path, Identity.class);
    }

    Identity in(String cluster) {
        return new Identity(uid, Optional.of(cluster));
    }
}
