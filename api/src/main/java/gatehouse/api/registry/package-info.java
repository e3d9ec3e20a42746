/** The registry: who and what is known, from when until when, and how it got there. */
@NullMarked
package gatehouse.api.registry;

import org.jspecify.annotations.NullMarked;
