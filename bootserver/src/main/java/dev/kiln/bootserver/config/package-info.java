/** The one configuration file of the boot server, checked whole before anything opens. */
@NullMarked
package dev.kiln.bootserver.config;

import org.jspecify.annotations.NullMarked;
