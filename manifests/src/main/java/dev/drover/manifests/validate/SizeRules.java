package dev.drover.manifests.validate;

import dev.drover.manifests.model.Job;
import dev.drover.manifests.shape.Dialect;
import dev.drover.manifests.shape.Unbinder;
import dev.drover.manifests.tree.Code;
import dev.drover.manifests.tree.Path;
import dev.drover.manifests.tree.Tree;
import java.util.Locale;

/// How much of a job is stored. A version of it is one value of the store and travels to every node
/// that runs it; a template with a large file in it is better fetched as an artifact.
final class SizeRules {

    /// 512 KiB of JSON: half of what one value of the store may have.
    private static final long BYTES_MAX = 512 * 1024;

    private SizeRules() {}

    /// Of what was written, without defaults: that is what is kept.
    static void check(Job job, Report report) {
        long bytes = bytes(new Unbinder(Dialect.DROVER).tree(job.spec()));
        if (bytes > BYTES_MAX) {
            report.add(
                    Code.LIMIT,
                    Path.ROOT,
                    String.format(
                            Locale.ROOT,
                            "the job has %,d bytes; %,d can be stored",
                            bytes,
                            BYTES_MAX),
                    "let an artifact bring large files");
        }
    }

    private static long bytes(Tree tree) {
        return switch (tree) {
            case Tree.Text(_, String text) -> quoted(text);
            case Tree.Num number -> number.plain().length();
            case Tree.Flag _, Tree.Nothing _ -> "false".length();
            case Tree.Listing listing ->
                    2 + listing.items().stream().mapToLong(item -> bytes(item) + 1).sum();
            case Tree.Block block ->
                    2
                            + block.fields().stream()
                                    .mapToLong(f -> quoted(f.name()) + 2 + bytes(f.value()))
                                    .sum();
        };
    }

    /// In UTF-8, with quotes, and a backslash where one is needed.
    private static long quoted(String text) {
        long bytes = 2;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            bytes += c < 0x80 ? (c < ' ' || c == '"' || c == '\\' ? 2 : 1) : c < 0x800 ? 2 : 3;
        }
        return bytes;
    }
}
