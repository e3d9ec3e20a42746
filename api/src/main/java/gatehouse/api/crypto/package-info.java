/** Encryption of single fields, each class of data under a key of its own. */
@NullMarked
package gatehouse.api.crypto;

import org.jspecify.annotations.NullMarked;
