/** What all routes share: problems, cursors, languages, security headers, the console's files. */
@NullMarked
package gatehouse.api.http;

import org.jspecify.annotations.NullMarked;
