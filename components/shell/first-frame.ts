/** The longest that a page waits for its first frame, in milliseconds, if the browser does not tell of one. */
const longest = 500;

/**
 * Lets React take over only after the first frame is on the screen: both at once share the processors, and on two of them
 * what is to be seen comes a quarter later. Next runs the scripts in `__next_s` (those of next/script that come first) one
 * after the other before it hydrates; here they begin with that frame. A page nobody looks at has none to wait for.
 */
export const firstFrameScript = `if(document.visibilityState==="visible"){
const shown=new Promise(r=>{setTimeout(r,${longest});try{new PerformanceObserver(r).observe({type:"paint",buffered:true})}catch{r()}});
const list=self.__next_s=[[,{children:""}]],{reduce}=list;
list.reduce=(...run)=>shown.then(()=>reduce.apply(list,run))}`;
