/** The analysis models, one class each, and their catalogue. */
@NullMarked
package gatehouse.model;

import org.jspecify.annotations.NullMarked;
