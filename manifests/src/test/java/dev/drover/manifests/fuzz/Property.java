package dev.drover.manifests.fuzz;

import com.sun.management.ThreadMXBean;
import dev.drover.manifests.Manifest;
import dev.drover.manifests.Manifests;
import dev.drover.manifests.Read;
import dev.drover.manifests.Syntax;
import dev.drover.manifests.diff.ResourceDiff;
import dev.drover.manifests.hcl.Inputs;
import dev.drover.manifests.model.Job;
import dev.drover.manifests.model.Resource;
import dev.drover.manifests.nomad.NomadWriter;
import dev.drover.manifests.tree.Problem;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// What must hold for every text whatsoever.
final class Property {

    /// For a text of a few kilobytes.
    private static final long ALLOCATED_MAX = 100_000_000;

    private Property() {}

    /// Reading answers, with problems that can be printed or with resources, within bounds; what
    /// was read can be written in every syntax, and reads back to the same.
    static void holds(byte[] data, Syntax syntax, String before, String behind) {
        String text = before + new String(data, StandardCharsets.UTF_8) + behind;
        Read read = Manifests.check(text, "fuzz", syntax, Inputs.none());
        if (allocatedBy(text, syntax) > ALLOCATED_MAX) {
            throw new AssertionError("too many bytes were allocated");
        }
        switch (read) {
            case Read.Problems(List<Problem> problems, _) -> problems.forEach(Problem::text);
            case Read.Resources(List<Manifest> manifests, List<Problem> warnings) -> {
                warnings.forEach(Problem::text);
                manifests.forEach(manifest -> written(manifest.resource()));
            }
        }
        Manifests.readAsNomad(text, "fuzz", syntax, Inputs.none());
    }

    private static void written(Resource resource) {
        if (resource instanceof Job job) {
            NomadWriter.parsed(job);
        }
        for (Syntax syntax : Syntax.values()) {
            if (syntax == Syntax.HCL && Manifests.changedByHcl(resource).isPresent()) {
                continue;
            }
            String text = Manifests.write(resource, syntax);
            Read again = Manifests.read(text, "again", syntax, Inputs.none());
            if (!(again instanceof Read.Resources(List<Manifest> manifests, _))
                    || manifests.size() != 1) {
                throw new AssertionError(syntax + " does not read back:\n" + text + "\n" + again);
            }
            Resource same = manifests.getFirst().resource();
            boolean equal =
                    (resource instanceof Job before && same instanceof Job after)
                            ? before.spec().equals(after.spec())
                            : ResourceDiff.between(resource, same).differences().isEmpty();
            if (!equal) {
                throw new AssertionError(
                        syntax
                                + " reads back differently:\n"
                                + text
                                + "\n"
                                + resource
                                + "\n"
                                + same);
            }
        }
    }

    /// The second time: the first loads classes, which the fuzzer works on itself.
    private static long allocatedBy(String text, Syntax syntax) {
        long before = allocated();
        Manifests.check(text, "fuzz", syntax, Inputs.none());
        return allocated() - before;
    }

    private static long allocated() {
        return ((ThreadMXBean) ManagementFactory.getThreadMXBean())
                .getThreadAllocatedBytes(Thread.currentThread().threadId());
    }
}
