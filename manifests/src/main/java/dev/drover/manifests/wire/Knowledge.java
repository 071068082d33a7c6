package dev.drover.manifests.wire;

import dev.drover.manifests.model.ServiceInstance;
import dev.drover.manifests.model.VariableSpec;
import java.util.List;

/// What the server knows about an `Inquiry`.
public sealed interface Knowledge {
    /// The variable; its values are secret.
    record Items(VariableSpec variable) implements Knowledge {}

    /// There is no such variable.
    record Nothing() implements Knowledge {}

    /// Paths of variables, sorted.
    record Paths(List<String> paths) implements Knowledge {
        public Paths {
            paths = List.copyOf(paths);
        }
    }

    /// Instances that pass, by their service's name and then by their allocation's id.
    record Instances(List<ServiceInstance> instances) implements Knowledge {
        public Instances {
            instances = List.copyOf(instances);
        }
    }

    /// The task may not know it.
    record Denied(String because) implements Knowledge {}
}
