/** The catalogue of analysis models. */
@NullMarked
package gatehouse.api.model;

import org.jspecify.annotations.NullMarked;
