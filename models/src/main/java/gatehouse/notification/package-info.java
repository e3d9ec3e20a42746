/** What is said to people about alerts, as it leaves for calls and pushes. */
@NullMarked
package gatehouse.notification;

import org.jspecify.annotations.NullMarked;
