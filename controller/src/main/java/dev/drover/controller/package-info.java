/// The room that speaks. See ARCHITECTURE.md.
@NullMarked
package dev.drover.controller;

import org.jspecify.annotations.NullMarked;
