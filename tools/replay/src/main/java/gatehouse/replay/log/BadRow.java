package gatehouse.replay.log;

/**
 * A row that was left out.
 *
 * @param line line of the file on which it begins, from 1
 * @param reason what is wrong with it
 */
public record BadRow(int line, String reason) {}
