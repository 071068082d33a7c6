/// The command line: one class for each command, built by hand for the command at hand, so that it
/// starts light. Imports `manifests` and `client` only: nothing of a server is loaded to ask one.
@NullMarked
package dev.drover.controller.cli;

import org.jspecify.annotations.NullMarked;
