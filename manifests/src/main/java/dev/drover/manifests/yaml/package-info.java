/// YAML 1.2 in, by the engine's events; out, by Jackson's generator.
@NullMarked
package dev.drover.manifests.yaml;

import org.jspecify.annotations.NullMarked;
