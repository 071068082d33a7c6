package dev.drover.controller.server;

import dev.drover.controller.admit.Rules;
import dev.drover.manifests.Manifest;
import dev.drover.manifests.Manifests;
import dev.drover.manifests.defaults.Defaults;
import dev.drover.manifests.model.Resource;
import dev.drover.manifests.tree.Places;
import dev.drover.manifests.tree.Position;
import dev.drover.manifests.tree.Problem;
import dev.drover.manifests.tree.Source;
import java.util.List;
import java.util.Optional;

/// The rules of manifests, for admission: whoever brings a resource has read it from some text, but
/// what is admitted is the resource.
public final class ManifestRules implements Rules {
    @Override
    public List<String> mistakes(Resource resource) {
        Manifest manifest = new Manifest(resource, new Source("", ""), new Places(Position.START));
        return Manifests.rules(manifest).stream()
                .filter(problem -> !problem.warning())
                // where it stands in a text that nobody has says nothing
                .map(p -> new Problem(p.code(), Optional.empty(), p.what(), p.why(), p.fix()))
                .map(Problem::text)
                .toList();
    }

    @Override
    public int defaultsLevel() {
        return Defaults.LEVEL;
    }
}
