// Stands in for the native @vscode/spdlog: without it VS Code's output channels stay empty.
const fs = require('node:fs');
const path = require('node:path');
const names = ['trace', 'debug', 'info', 'warning', 'error', 'critical'];
let level = 2;
class Logger {
  constructor(_type, _name, file) {
    this.fd = fs.openSync(file, 'a');
    this.raw = false;
  }
  write(rank, text) {
    if (rank < (this.level ?? level) || this.fd === undefined) return;
    fs.writeSync(
      this.fd,
      this.raw ? text : `${new Date().toISOString().replace('T', ' ').slice(0, 23)} [${names[rank]}] ${text}\n`,
    );
  }
  getLevel() {
    return this.level ?? level;
  }
  setLevel(rank) {
    this.level = rank;
  }
  setPattern() {}
  clearFormatters() {
    this.raw = true;
  }
  flush() {}
  drop() {
    if (this.fd !== undefined) fs.closeSync(this.fd);
    this.fd = undefined;
  }
}
['trace', 'debug', 'info', 'warn', 'error', 'critical'].forEach((name, rank) => {
  Logger.prototype[name] = function (text) {
    this.write(rank, text);
  };
});
const create = async (name, file) => {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  return new Logger('', name, file);
};
// `exports.x =` one by one: VS Code imports this as an ES module, and Node finds the names by reading the text
exports.version = 0;
exports.setLevel = (rank) => {
  level = rank;
};
exports.setFlushOn = () => {};
exports.Logger = Logger;
exports.createRotatingLogger = create;
exports.createAsyncRotatingLogger = create;
