package dev.drover.controller.server;

import dev.drover.controller.admit.Rules;
import dev.drover.manifests.defaults.Defaults;
import dev.drover.manifests.model.Resource;
import java.util.List;

/// The rules of manifests, for admission.
final class ManifestRules implements Rules {
    @Override
    public List<String> mistakes(Resource resource) {
        return List.of();
    }

    @Override
    public int defaultsLevel() {
        return Defaults.LEVEL;
    }
}
