/** Whether the server can do its work, for load balancers and monitoring. */
@NullMarked
package dev.kiln.bootserver.health;

import org.jspecify.annotations.NullMarked;
