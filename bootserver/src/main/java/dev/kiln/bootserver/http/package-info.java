/** HTTP: every route on one screen in {@link Routes}, one handler class each. */
@NullMarked
package dev.kiln.bootserver.http;

import org.jspecify.annotations.NullMarked;
