package io.schedulerworker.app.settings;

/**
 * What a name stands for.
 *
 * @param setting what it sets
 * @param inFile whether its value is the path of a file that has the setting's value
 */
record Target(Setting<?> setting, boolean inFile) {}
