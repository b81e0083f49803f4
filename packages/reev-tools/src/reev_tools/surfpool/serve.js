// node serve.js <surfpool's module> <configuration as JSON>
// Prints {"rpcUrl": …} or {"error": …} in one line, and ends when its input does.
function serve(module, configuration) {
  const { Surfnet } = require(module);
  const surfnet = Surfnet.startWithConfig(JSON.parse(configuration));
  // Events that nobody takes fill a queue, and after some 500 transactions surfpool would stop answering.
  setInterval(() => surfnet.drainEvents(), 50).unref();
  const end = () => {
    surfnet.stop();
    process.exit(0);
  };
  process.stdin.on('end', end).on('close', end).resume();
  process.on('SIGTERM', end).on('SIGINT', end);
  return { rpcUrl: surfnet.rpcUrl };
}

let answer;
try {
  answer = serve(process.argv[2], process.argv[3]);
} catch (failure) {
  answer = { error: String(failure).split('\n')[0] };
}
process.stdout.write(JSON.stringify(answer) + '\n');
