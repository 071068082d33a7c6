package dev.drover.manifests.json;

import dev.drover.manifests.wire.FromNode;
import dev.drover.manifests.wire.ToNode;
import java.io.IOException;

/// The messages between node and controller as JSON: objects whose `type` is the record's name in
/// lowerCamelCase, otherwise as [RecordJson] has them. Both ends of the link use this.
public final class WireJson {
    private WireJson() {}

    /// One message on one line.
    public static String text(FromNode message) {
        return RecordJson.written(json -> Writing.variant(json, (Record) message));
    }

    /// One message on one line.
    public static String text(ToNode message) {
        return RecordJson.written(json -> Writing.variant(json, (Record) message));
    }

    /// A message of a node.
    ///
    /// @throws IOException when it is none; says where
    public static FromNode fromNode(String text) throws IOException {
        return (FromNode) RecordJson.parsed(text, json -> Reading.variant(json, FromNode.class));
    }

    /// A message of the controller.
    ///
    /// @throws IOException when it is none; says where
    public static ToNode toNode(String text) throws IOException {
        return (ToNode) RecordJson.parsed(text, json -> Reading.variant(json, ToNode.class));
    }
}
