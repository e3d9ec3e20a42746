/** The credential sync ledger: which credential opens which door, wished, sent and proved. */
@NullMarked
package gatehouse.api.credential;

import org.jspecify.annotations.NullMarked;
