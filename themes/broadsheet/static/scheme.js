(e=>{e.dataset.js="";try{let s=localStorage.getItem("scheme");if(s)e.dataset.scheme=s}catch{}})(document.documentElement);
