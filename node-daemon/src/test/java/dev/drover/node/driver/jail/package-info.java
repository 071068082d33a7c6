/// The drivers `jail` and `exec` under the contract of all drivers, with real jails.
@NullMarked
package dev.drover.node.driver.jail;

import org.jspecify.annotations.NullMarked;
