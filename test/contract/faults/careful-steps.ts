/**
 * A step of crisol.yaml that writes its out in two pieces, notes in `done` that it is through, and in `twice` that another process
 * carries it out at the same time. It reads `seed`, and the outs of others.
 */
export function carefulStep(name: string, reads: string[], { seconds, more = '' }: { seconds: number; more?: string }) {
  const read = reads.map((one) => `out/${one}`);
  return `
  ${name}:
    run: |
      alive() { kill -0 $1 2>/dev/null && ! grep -q '^State:.Z' /proc/$1/status 2>/dev/null; }
      if [ -e ${name}.pid ] && alive $(cat ${name}.pid); then echo ${name} >> twice; fi
      echo $$ > ${name}.pid
      cat ${read.join(' ')} /dev/null > out/${name}
      sleep ${seconds}
      echo ${name} >> out/${name}
      echo ${name} >> done
    deps: [${['seed', ...read].join(', ')}]
    outs: [out/${name}]${more}`;
}
