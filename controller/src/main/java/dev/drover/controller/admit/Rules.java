package dev.drover.controller.admit;

import dev.drover.manifests.model.Resource;
import java.util.List;

/// What a resource must satisfy to be stored, with defaults applied for checking.
public interface Rules {
    /// Every mistake, each a whole text: what, why, how to fix.
    List<String> mistakes(Resource resource);

    /// The level of defaults that is checked under.
    int defaultsLevel();
}
