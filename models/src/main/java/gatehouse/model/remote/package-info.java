/** What is kept of remote opening: of an account, and of a community. */
@NullMarked
package gatehouse.model.remote;

import org.jspecify.annotations.NullMarked;
