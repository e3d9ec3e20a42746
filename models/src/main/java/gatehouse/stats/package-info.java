/** The statistics the models share: small, pure, each with the source of its formula. */
@NullMarked
package gatehouse.stats;

import org.jspecify.annotations.NullMarked;
