/** Who somebody is: accounts, log-in, sessions. */
@NullMarked
package gatehouse.api.identity;

import org.jspecify.annotations.NullMarked;
