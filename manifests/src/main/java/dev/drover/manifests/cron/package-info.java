/// Times that come again, in the notation that Nomad's users know. Our own: the library that we
/// tried reads reversed ranges, `?` and the changes of the clocks otherwise.
@NullMarked
package dev.drover.manifests.cron;

import org.jspecify.annotations.NullMarked;
