/// What several tests of the controller share: small resources, and a node that is only its link.
@NullMarked
package dev.drover.controller.testing;

import org.jspecify.annotations.NullMarked;
